"""Headless Chromium driven over a pipe by the DevTools protocol: pages are opened, clicked, typed into and read. Every script
error and every message on the console's error level is kept."""

import base64
import json
import os
import shutil
import subprocess
import tempfile
import time

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
_OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)
_KEYS = {"Enter": ("Enter", 13, "\r"), "ArrowRight": ("ArrowRight", 39, ""), "ArrowLeft": ("ArrowLeft", 37, ""), "Tab": ("Tab", 9, "")}


class Browser:
    """A context; one page at a time."""

    def __init__(self, width=1280, height=1000, timeout=60):
        self.size, self.timeout = (width, height), timeout

    def __enter__(self):
        self._folder = tempfile.TemporaryDirectory()
        commands, self._out = os.pipe()
        self._in, answers = os.pipe()

        def place_pipes():  # Chromium reads commands from 3 and writes answers to 4
            high = [os.dup2(end, number) for end, number in ((commands, 20), (answers, 21))]
            for end, number in zip(high, (3, 4)):
                os.dup2(end, number)

        self._process = subprocess.Popen(
            [CHROMIUM, *_OPTIONS, "--remote-debugging-pipe", f"--user-data-dir={self._folder.name}", "about:blank"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=place_pipes,
            close_fds=False,
        )
        os.close(commands)
        os.close(answers)
        self._buffer, self._count, self._events = b"", 0, []
        self.errors, self.requests = [], []
        target = self._send("Target.createTarget", url="about:blank", session=False)["targetId"]
        self._session = self._send("Target.attachToTarget", targetId=target, flatten=True, session=False)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self._send(f"{domain}.enable")
        self._send("Performance.enable", timeDomain="threadTicks")
        self.resize(*self.size)
        return self

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait(timeout=30)
        os.close(self._out)
        os.close(self._in)
        for _ in range(20):  # its children may still be writing
            try:
                self._folder.cleanup()
                return
            except OSError:
                time.sleep(0.1)

    def _message(self):
        while b"\0" not in self._buffer:
            part = os.read(self._in, 1 << 20)
            if not part:
                raise RuntimeError("Chromium has ended")
            self._buffer += part
        text, _, self._buffer = self._buffer.partition(b"\0")
        message = json.loads(text)
        self._note(message)
        return message

    def _note(self, message):
        method, given = message.get("method"), message.get("params", {})
        if method == "Runtime.exceptionThrown":
            details = given["exceptionDetails"]
            self.errors.append(details.get("exception", {}).get("description") or details["text"])
        elif method == "Runtime.consoleAPICalled" and given["type"] in ("error", "warning", "assert"):
            self.errors.append(" ".join(str(value.get("value", value.get("description"))) for value in given["args"]))
        elif method == "Log.entryAdded" and given["entry"]["level"] == "error":
            self.errors.append(given["entry"]["text"])
        elif method == "Network.requestWillBeSent":
            self.requests.append(given["request"]["url"])

    def _send(self, method, session=True, **given):
        self._count += 1
        message = {"id": self._count, "method": method, "params": given}
        if session:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._message()
            if answer.get("id") == self._count:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer.get("result", {})

    def resize(self, width, height, dark=False, scripts=True, print_=False):
        self._send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        media = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self._send("Emulation.setEmulatedMedia", media="print" if print_ else "", features=media)
        self._send("Emulation.setScriptExecutionDisabled", value=not scripts)

    def open(self, url):
        """Seconds until the page and its scripts are ready."""
        self.errors.clear()
        self.requests.clear()
        start = time.monotonic()
        self._send("Page.navigate", url=url)
        self.wait(f"document.readyState === 'complete' && location.href.split('#')[0] === {json.dumps(url.split('#')[0])}")
        return time.monotonic() - start

    def read(self, expression):
        """The value of a JavaScript expression."""
        answer = self._send("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(f"{expression}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def wait(self, expression):
        """Until the expression is true; two frames later everything is drawn."""
        end = time.monotonic() + self.timeout
        while not self.read(expression):
            if time.monotonic() > end:
                raise TimeoutError(f"never true: {expression}; errors: {self.errors}")
            time.sleep(0.05)

    def settle(self):
        self.read("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 60))))")

    def click_at(self, x, y):
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            buttons = {} if kind == "mouseMoved" else {"button": "left", "clickCount": 1}
            self._send("Input.dispatchMouseEvent", type=kind, x=x, y=y, **buttons)
        self.settle()

    def drag(self, start, end):
        steps = 6
        self._send("Input.dispatchMouseEvent", type="mouseMoved", x=start[0], y=start[1])
        self._send("Input.dispatchMouseEvent", type="mousePressed", x=start[0], y=start[1], button="left", clickCount=1)
        for k in range(1, steps + 1):
            x, y = (a + (b - a) * k / steps for a, b in zip(start, end))
            self._send("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y, button="left", buttons=1)
            self.settle()
        self._send("Input.dispatchMouseEvent", type="mouseReleased", x=end[0], y=end[1], button="left", clickCount=1)
        self.settle()

    def place(self, selector):
        """(left, top, width, height) of an element, of its first line if it has several, scrolled into view."""
        found = self.read(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)}); if (!e) return null;"
            "e.scrollIntoView({block: 'center', behavior: 'instant'}); const r = e.getClientRects()[0];"
            "return [r.left, r.top, r.width, r.height]; })()"
        )
        if found is None:
            raise LookupError(f"the page has no {selector}")
        return found

    def click(self, selector):
        left, top, width, height = self.place(selector)
        self.click_at(left + width / 2, top + height / 2)

    def press(self, key):
        name, code, text = _KEYS[key]
        for kind in ("keyDown", "keyUp"):
            more = {"text": text} if text and kind == "keyDown" else {}
            self._send("Input.dispatchKeyEvent", type=kind, key=name, code=name, windowsVirtualKeyCode=code, **more)
        self.settle()

    def type(self, selector, text):
        self.read(f"document.querySelector({json.dumps(selector)}).select()")
        self.click(selector)
        self.read(f"document.querySelector({json.dumps(selector)}).select()")
        self._send("Input.insertText", text=text)
        self.settle()

    def choose(self, selector, value):
        """Of a list."""
        self.read(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)}); e.value = {json.dumps(value)};"
            "e.dispatchEvent(new Event('change')); })()"
        )
        self.settle()

    def picture(self, file, whole=False):
        clip = {}
        if whole:
            size = self._send("Page.getLayoutMetrics")["cssContentSize"]
            clip = {"clip": {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}}
        data = self._send("Page.captureScreenshot", format="png", captureBeyondViewport=whole, **clip)["data"]
        with open(file, "wb") as picture:
            picture.write(base64.b64decode(data))

    def print(self):
        """As PDF; the bytes."""
        return base64.b64decode(self._send("Page.printToPDF", printBackground=True)["data"])

    def thread_time(self):
        """Processor time (s) of the page's main thread since the browser was started; other programs hardly change it."""
        metrics = self._send("Performance.getMetrics")["metrics"]
        return next(metric["value"] for metric in metrics if metric["name"] == "ThreadTime")

    def accessible(self):
        """Every node of the accessibility tree with its role and name."""
        nodes = self._send("Accessibility.getFullAXTree")["nodes"]
        kept = [node for node in nodes if not node.get("ignored")]
        return [
            {"nodeId": node["nodeId"], "role": node.get("role", {}).get("value", ""), "name": node.get("name", {}).get("value", "")}
            for node in kept
        ]
