// What gr.HTML hands to the function whose body gradio.js is.

declare const element: HTMLElement;
declare const server: Record<string, (request: any) => Promise<any>>;
declare const GIVEN: Record<string, any>;
