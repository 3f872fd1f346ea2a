"""Pages in a real Chromium: what they load, and when they can be used."""

import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions"]
WINDOW: ViewportSize = {"width": 1280, "height": 720}
TIMES = 5  # of which the median is reported
PATIENCE_MILLISECONDS = 60_000
# Notes when an element is first there as a frame is drawn; time is that of the document.
WATCH = """
(selector) => {
  window.usableAt = null;
  const look = () => {
    const found = document.querySelector(selector);
    if (found && found.getBoundingClientRect().width) window.usableAt = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
"""
CHOOSE = """
([parameter, value]) => {
  const list = document.querySelector(`[data-picks="${parameter}"] select`);
  list.closest("details")?.setAttribute("open", "");
  list.focus();
  list.value = value;
  const began = performance.timeOrigin + performance.now();
  list.dispatchEvent(new Event("change", { bubbles: true }));
  return began;
}
"""


@dataclass(frozen=True)
class PageLoad:
    """Kilobytes of 1,024 bytes on the wire, and seconds until the page can be used."""

    cold_kilobytes: float
    cold_seconds: float
    warm_kilobytes: float
    warm_seconds: float


@contextmanager
def chromium(path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def measure_load(browser: Browser, address: str, selector: str) -> PageLoad:
    """Open a page in a browser that has no part of it yet, and again in the same."""
    runs = [load_twice(browser, address, selector) for _ in range(TIMES)]
    medians = [statistics.median(values) for values in zip(*runs, strict=True)]
    return PageLoad(*medians)


def load_twice(browser: Browser, address: str, selector: str) -> tuple[float, ...]:
    context = new_context(browser, selector)
    cold = load(context, address)
    warm = load(context, address)
    context.close()
    return *cold, *warm


def new_context(browser: Browser, selector: str) -> BrowserContext:
    context = browser.new_context(viewport=WINDOW)
    context.set_default_timeout(PATIENCE_MILLISECONDS)
    context.add_init_script(f"({WATCH})({selector!r})")
    return context


def load(context: BrowserContext, address: str) -> tuple[float, float]:
    """Kilobytes on the wire, and seconds until the page can be used."""
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    sizes: list[float] = []
    devtools.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(address)
    seconds = usable_after(page)
    page.wait_for_load_state("networkidle")
    page.close()
    return sum(sizes) / 1024, seconds


def usable_after(page: Page) -> float:
    page.wait_for_function("() => window.usableAt")
    return float(page.evaluate("() => window.usableAt")) / 1000


def measure_choice(
    browser: Browser, address: str, parameter: str, value: str, selector: str
) -> float:
    """Seconds from a choice in a list until the page that it leads to can be used."""
    return statistics.median(
        choose(browser, address, parameter, value, selector) for _ in range(TIMES)
    )


def choose(browser: Browser, address: str, parameter: str, value: str, selector: str) -> float:
    context = new_context(browser, selector)
    page = context.new_page()
    page.goto(f"{address}&{parameter}={value}")
    usable_after(page)
    page.goto(address)
    usable_after(page)
    with page.expect_navigation(url=f"**{parameter}={value}*"):
        began = float(page.evaluate(CHOOSE, [parameter, value]))
    seconds = usable_after(page)
    origin = float(page.evaluate("() => performance.timeOrigin"))
    context.close()
    return (origin - began) / 1000 + seconds
