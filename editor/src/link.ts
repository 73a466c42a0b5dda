// The link that restores a query: its text stands in the page at once, and nothing runs before it is there.
import type { Page } from "./page";

/** Put the link to the text into the address bar. */
export function showLink(page: Page): string {
  const address = new URL(page.form.action);
  address.search = new URLSearchParams({ text: page.textarea.value }).toString();
  history.replaceState(null, "", address);
  return address.href;
}

/** Put the link into the address bar and, where the browser lets a page do so, on the clipboard. */
export async function copyLink(page: Page): Promise<void> {
  const address = showLink(page);
  try {
    await navigator.clipboard.writeText(address);
    page.state.textContent = page.texts.copied;
  } catch {
    page.state.textContent = page.texts.linked;
  }
}
