"""The browsers that the same tests run in, and what their driver does in one and not in another.

Firefox is the one that Mozilla ships, driven by WebDriver BiDi. Playwright cannot tell it what a
context is like, nor emulate media, nor tap or dispatch touches, nor give leave for the clipboard,
nor hear of a download or of what a request sends; and of what `fill` has written the page hears
nothing as the field is left.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from urllib.parse import unquote

from find_browser import find_browser
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright, Request

ENGINES = ("chromium", "firefox")
# No window, and no traffic but the page's own.
_CHROMIUM = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
_FIREFOX = {
    "fission.autostart": False,  # the driver's keys reach no frame that is in another process
    "browser.download.alwaysOpenPanel": False,  # it would take the focus
    "ui.primaryPointerCapabilities": 6,  # fine, and can hover: a mouse, which a server has not
    "ui.allPointerCapabilities": 6,
}
# What Chromium is told of each context, Firefox is told by preferences as it starts.
_PREFERENCES = {
    ("has_touch", True): {
        "dom.w3c_touch_events.enabled": 1,
        "ui.primaryPointerCapabilities": 1,  # coarse, and cannot hover
        "ui.allPointerCapabilities": 1,
        "ui.useOverlayScrollbars": 1,
    },
    ("reduced_motion", "reduce"): {"ui.prefersReducedMotion": 1},
    ("color_scheme", "dark"): {"ui.systemUsesDarkTheme": 1},
    ("offline", True): {"network.online": False},
}
_NOT_FIREFOX = (
    "has_touch",
    "is_mobile",
    "reduced_motion",
    "color_scheme",
    "offline",
    "permissions",
)


# The page says in a header what it sends.
_SAY_BODY = """() => {
    const ask = window.fetch;
    window.fetch = (address, options = {}) => {
        const { body } = options;
        const said = typeof body === "string" ? encodeURIComponent(body) : "";
        if (said && said.length < 12_000) { // what a server takes as a header
            options.headers = new Headers(options.headers);
            options.headers.set("x-sent", said);
        }
        return ask(address, options);
    };
}"""


class Engine:
    """A headless browser: the system's, or else Playwright's own."""

    def __init__(self, playwright: Playwright, name: str) -> None:
        self.name = name
        self._driver = playwright
        self._started: dict[tuple[tuple[str, Any], ...], Browser] = {}

    def new_context(self, **options: Any) -> BrowserContext:
        """A visitor, as `Browser.new_context` makes one."""
        preferences: dict[str, Any] = {}
        if self.name == "firefox":
            for chosen, preference in _PREFERENCES.items():
                preferences |= preference if chosen in options.items() else {}
            options = {key: options[key] for key in options if key not in _NOT_FIREFOX}
        context = self._browser(preferences).new_context(**options)
        if self.name == "firefox":
            context.add_init_script(f"({_SAY_BODY})()")
        return context

    def new_page(self, **options: Any) -> Page:
        """A page of a visitor of its own, who stays to the end."""
        return self.new_context(**options).new_page()

    def close(self) -> None:
        """End it."""
        for browser in self._started.values():
            browser.close()

    def _browser(self, preferences: dict[str, Any]) -> Browser:
        key = tuple(sorted(preferences.items()))
        if key not in self._started:
            self._started[key] = self._start(preferences)
        return self._started[key]

    def _start(self, preferences: dict[str, Any]) -> Browser:
        path = find_browser(self.name)
        if self.name == "chromium":
            return self._driver.chromium.launch(executable_path=path, args=_CHROMIUM)
        return self._driver.firefox.launch(
            channel="moz-firefox",
            executable_path=path,
            firefox_user_prefs=_FIREFOX | preferences,
        )


def engine_of(page: Page) -> str:
    """The name of the browser that it is in."""
    return page.context.browser.browser_type.name


def fill(field: Locator, text: str) -> None:
    """Write over what stands in it, as somebody would who leaves it then."""
    if engine_of(field.page) == "chromium":
        field.fill(text)
    else:
        field.select_text()
        command = "(_, text) => document.execCommand(text ? 'insertText' : 'delete', false, text)"
        field.evaluate(command, text)  # in its own frame


def tap(target: Locator) -> None:
    """Tap it; in Firefox press it."""
    if engine_of(target.page) == "firefox":
        target.click()
    else:
        target.tap()


def body_of(request: Request) -> str | None:
    """What it sends."""
    return request.post_data or unquote(request.headers.get("x-sent", "")) or None


def let_copy(page: Page) -> None:
    """Firefox lets every press copy; Chromium without a window would ask."""
    if engine_of(page) == "chromium":
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])


def pasted(page: Page) -> str:
    """What was copied, as one pastes it."""
    with _spare_field(page) as field:
        field.press("Control+V")
        return field.input_value()


def copy(page: Page, text: str) -> None:
    """Copy this, as from somewhere else."""
    with _spare_field(page) as field:
        field.evaluate("(node, text) => { node.value = text; node.select(); }", text)
        field.press("Control+C")


@contextmanager
def _spare_field(page: Page) -> Iterator[Locator]:
    page.evaluate(
        """() => {
            const field = Object.assign(document.createElement("textarea"), { id: "spare" });
            (document.querySelector("dialog[open]") ?? document.body).append(field);
        }"""
    )
    field = page.locator("#spare")
    yield field
    field.evaluate("(node) => node.remove()")


# What is saved: its name, and its content in base64.
_SAVED = """() => new Promise((done) => {
    const blobs = new Map();
    const make = URL.createObjectURL;
    URL.createObjectURL = (blob) => {
        const address = make.call(URL, blob);
        blobs.set(address, blob);
        return address;
    };
    const hear = ({ target }) => {
        if (!target.download) return;
        URL.createObjectURL = make;
        removeEventListener("click", hear, true);
        const reader = new FileReader();
        reader.onload = () => done([target.download, reader.result.split(",")[1]]);
        reader.readAsDataURL(blobs.get(target.href));
    };
    addEventListener("click", hear, true);
})"""


@dataclass
class Saved:
    """What Firefox has saved, as a `Download`."""

    suggested_filename: str
    content: bytes

    def save_as(self, path: Path) -> None:
        """Write it there too."""
        path.write_bytes(self.content)

    def path(self) -> Path:
        """A file that holds it."""
        path = Path(mkdtemp()) / self.suggested_filename
        self.save_as(path)
        return path


@dataclass
class Saving:
    """`value`: what has been saved, at the end."""

    value: Saved | None = None


@contextmanager
def expect_download(page: Page) -> Iterator[Any]:
    """As `Page.expect_download`; in Firefox the page itself tells what it saves."""
    if engine_of(page) == "chromium":
        with page.expect_download() as saving:
            yield saving
        return
    saving = Saving()
    page.evaluate(f"() => {{ window.savedFile = ({_SAVED})(); }}")
    yield saving
    name, content = page.evaluate("savedFile")
    saving.value = Saved(name, b64decode(content))


# The media rules of the page as they are where such a medium or such a wish is.
_MEDIA = r"""(wanted) => {
    window.mediaWanted = { ...window.mediaWanted, ...wanted };
    window.mediaWritten ??= new Map(); // the rules, and what is written in them
    const [always, never] = ["(min-width: 0px)", "(max-width: -1px)"];
    const name = { reduced_motion: "prefers-reduced-motion", color_scheme: "prefers-color-scheme",
                   forced_colors: "forced-colors" };
    const read = (written) => Object.entries(mediaWanted).reduce((text, [key, value]) => {
        if (key === "media" && value === "print")
            return text.replace(/\bprint\b/g, "all").replace(/\bscreen\b/g, "not all");
        return text.replace(new RegExp(`\\(${name[key]}: ([\\w-]+)\\)`, "g"),
            (_, asked) => (asked === value ? always : never));
    }, written);
    const walk = (rules) => {
        for (const rule of rules) {
            if (rule instanceof CSSMediaRule) {
                if (!mediaWritten.has(rule)) mediaWritten.set(rule, rule.media.mediaText);
                rule.media.mediaText = read(mediaWritten.get(rule));
            }
            if (rule.cssRules) walk(rule.cssRules);
        }
    };
    for (const sheet of [...document.styleSheets, ...document.adoptedStyleSheets])
        walk(sheet.cssRules);
}"""


def emulate_media(page: Page, **features: str) -> None:
    """As `Page.emulate_media`; in Firefox the rules of the page are written so that these hold."""
    if engine_of(page) == "firefox":
        page.evaluate(_MEDIA, features)
    else:
        page.emulate_media(**features)
