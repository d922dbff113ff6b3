import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";

/** Debian's package; elsewhere the tests that need a browser are skipped. */
const CHROMIUM = "/usr/bin/chromium";
export const hasChromium = existsSync(CHROMIUM);

interface Answer {
  id?: number;
  method?: string;
  params?: { request?: { url: string } };
  result?: Record<string, unknown>;
  error?: { message: string };
}

/** A page in a real browser, driven through the DevTools protocol over a pipe; nothing else is installed. */
export class Page {
  /** What the page asked for, its own address aside. */
  readonly requests: string[] = [];
  private readonly browser: ChildProcess;
  private readonly profile: string;
  private readonly waiting = new Map<number, (answer: Answer) => void>();
  private session: string | undefined;
  private number = 0;
  private buffer = "";
  private loaded: (() => void) | undefined;

  private constructor() {
    this.profile = mkdtempSync(join(tmpdir(), "chromium-"));
    const flags = [
      ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"],
      ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
      ...[`--user-data-dir=${this.profile}`, "--remote-debugging-pipe"],
    ];
    this.browser = spawn(CHROMIUM, flags, { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
    (this.browser.stdio[4] as Readable).setEncoding("utf8").on("data", (text: string) => this.receive(text));
  }

  static async open(): Promise<Page> {
    const page = new Page();
    const { targetId } = await page.send("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await page.send("Target.attachToTarget", { targetId, flatten: true });
    page.session = String(sessionId);
    for (const domain of ["Page", "Network", "Runtime"]) await page.send(`${domain}.enable`, {});
    return page;
  }

  async goto(url: string): Promise<void> {
    this.requests.length = 0;
    const loaded = new Promise<void>((resolve) => {
      this.loaded = resolve;
    });
    await this.send("Page.navigate", { url });
    await loaded;
  }

  /** Width in CSS pixels, and the reader's colours. */
  async show(width: number, height: number, colours: "light" | "dark"): Promise<void> {
    const mobile = width < 600;
    await this.send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile });
    await this.send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: colours }] });
  }

  /** The value of an expression, or of the promise it gives. */
  async evaluate(expression: string): Promise<unknown> {
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
    return Object(result).value;
  }

  /** Presses a key as a person does. */
  async press(key: string, text = ""): Promise<void> {
    const code = { Tab: 9, Enter: 13, Escape: 27, " ": 32 }[key];
    const about = { key, ...(code === undefined ? {} : { windowsVirtualKeyCode: code }) };
    await this.send("Input.dispatchKeyEvent", { type: "keyDown", ...about, ...(text === "" ? {} : { text }) });
    await this.send("Input.dispatchKeyEvent", { type: "keyUp", ...about });
  }

  async type(text: string): Promise<void> {
    await this.send("Input.insertText", { text });
  }

  /** What it looks like, as PNG. */
  async screenshot(): Promise<Buffer> {
    const { data } = await this.send("Page.captureScreenshot", { format: "png" });
    return Buffer.from(String(data), "base64");
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.browser.once("exit", resolve));
    this.browser.kill();
    await closed;
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }

  private async send(method: string, params: object): Promise<Record<string, unknown>> {
    this.number += 1;
    const id = this.number;
    const answered = new Promise<Answer>((resolve) => this.waiting.set(id, resolve));
    const session = this.session === undefined ? {} : { sessionId: this.session };
    (this.browser.stdio[3] as Writable).write(`${JSON.stringify({ id, method, params, ...session })}\0`);
    const { result, error } = await answered;
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result ?? {};
  }

  private receive(text: string): void {
    const messages = (this.buffer + text).split("\0");
    this.buffer = messages.pop() ?? "";
    for (const message of messages) {
      const answer: Answer = JSON.parse(message);
      if (answer.id !== undefined) this.waiting.get(answer.id)?.(answer);
      if (answer.method === "Page.loadEventFired") this.loaded?.();
      if (answer.method === "Network.requestWillBeSent") this.requests.push(answer.params?.request?.url ?? "");
    }
  }
}
