"""Fixtures of the hand-made reports, and a real browser for what only a browser can tell.

The browser tests need Chromium, its driver and axe-core, which CI installs with

    apt-get install -y chromium chromium-driver
    pip install selenium
    npm install --prefix .cache/axe axe-core@4.14.1

and are skipped, saying what is missing, where one of them is not there.
"""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

import pytest

from drift.records import Report
from drift.render import write

from .handmade import hostile_report, rich_report

AXE = Path(__file__).parents[2] / ".cache/axe/node_modules/axe-core/axe.min.js"


def pytest_configure(config):
    config.addinivalue_line("markers", "browser: needs Chromium, its driver and axe-core")


@pytest.fixture(scope="session")
def report() -> Report:
    return rich_report()


@pytest.fixture(scope="session")
def hostile() -> Report:
    return hostile_report()


@pytest.fixture(scope="session")
def axe() -> str:
    if not AXE.exists():
        pytest.skip(f"no {AXE}: npm install --prefix .cache/axe axe-core@4.14.1")
    return AXE.read_text("utf-8")


@pytest.fixture(scope="session")
def chromium(tmp_path_factory):
    binary = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    if not binary or not driver:
        pytest.skip("no chromium or no chromedriver on this machine: apt-get install chromium chromium-driver")
    if importlib.util.find_spec("selenium") is None:
        pytest.skip("selenium is not installed: pip install selenium")
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for flag in ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                 "--disable-background-networking", "--disable-component-update", "--disable-sync",
                 "--disable-dev-shm-usage", "--window-size=1200,1000",
                 f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    browser = webdriver.Chrome(options=options, service=Service(driver))
    yield browser
    browser.quit()


@pytest.fixture
def opened(chromium, tmp_path):
    """Write a report as a page, open it from disk, and check at the end that it kept to itself."""
    from selenium.webdriver.support.ui import WebDriverWait

    pages = []

    def open_page(report: Report, *, fragment: str = "", width: int = 1200, dark: bool = False, **options):
        path = tmp_path / f"report-{len(pages)}.html"
        write(report, "html", path, **options)
        pages.append(path.as_uri())
        chromium.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": width < 600})
        chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {
            "features": [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]})
        chromium.get("about:blank")
        for kind in ("browser", "performance"):
            chromium.get_log(kind)
        chromium.get(path.as_uri() + fragment)
        WebDriverWait(chromium, 20).until(
            lambda b: b.execute_script("return document.documentElement.dataset.ready") == "true"
        )
        return chromium

    yield open_page
    assert chromium.get_log("browser") == []  # nothing was thrown, and the policy had nothing to refuse
    import json

    events = [json.loads(e["message"])["message"] for e in chromium.get_log("performance")]
    asked = {e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"}
    assert {url.partition("#")[0] for url in asked} <= set(pages)
