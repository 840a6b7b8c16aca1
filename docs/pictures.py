"""Make the README's pictures, docs/report.png and docs/terminal.png, from the fixtures, with a headless Chromium.

Needs `apt-get install chromium chromium-driver` and `pip install selenium pillow`. Run from the repository's root:
`python -m docs.pictures`.
"""

from __future__ import annotations

import io
import re
import shutil
import tempfile
from pathlib import Path

from PIL import Image
from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

import drift
from drift.render import render, write

HERE = Path(__file__).resolve().parent
LINES = 46  # of the terminal


def main() -> None:
    report = drift.report("fixtures/kazakhstan-2022")
    with tempfile.TemporaryDirectory() as folder:
        page, terminal = Path(folder, "report.html"), Path(folder, "terminal.svg")
        write(report, "html", page)
        terminal.write_text(picture_of("\n".join(render(report, "text", width=88, color=True).split("\n")[:LINES])))
        options = webdriver.ChromeOptions()
        options.binary_location = shutil.which("chromium") or "chromium"
        for flag in ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                     f"--user-data-dir={folder}/user"):
            options.add_argument(flag)
        browser = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
        try:
            shoot(browser, page, HERE / "report.png", width=1180, height=1500)
            shoot(browser, terminal, HERE / "terminal.png", width=1110, height=1210)
        finally:
            browser.quit()


def picture_of(text: str) -> str:
    console = Console(record=True, width=88, file=io.StringIO())
    console.print(Text.from_ansi(text))
    svg = console.export_svg(title="drift report fixtures/kazakhstan-2022", theme=MONOKAI)
    # The machine's own monospaced font will do; while a browser waits for one from the network, it shows no text at all.
    return re.sub(r"@font-face\s*\{[^}]*\}", "", svg)


def shoot(browser: webdriver.Chrome, source: Path, target: Path, *, width: int, height: int) -> None:
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.get(source.as_uri())
    image = Image.open(io.BytesIO(browser.get_screenshot_as_png())).convert("RGB")
    image.quantize(128).save(target, optimize=True)


if __name__ == "__main__":
    main()
