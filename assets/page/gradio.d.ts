// What stands around gradio.js, as attention/ui/page_script.py serves it.

declare const element: HTMLElement;
declare const server: Record<string, (request: any) => Promise<any>>;
declare const GIVEN: Record<string, any>;
/** By language, what a late script brings. */
declare const TEXTS: Record<string, Record<string, string>>;
