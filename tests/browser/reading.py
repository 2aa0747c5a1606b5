"""What keeps a page from being read: text that fades, parts that stick out, pictures that fail.

Each function looks at every output of the open notebook and gives one sentence for each fault.
They do not look into pictures: what an SVG is made of is tested in tests/show.
"""

from playwright.sync_api import Page

OUTPUTS = ".jp-Notebook .jp-OutputArea-output"
CONTRAST = 4.5  # WCAG 2.2, 1.4.3, for text of ordinary size

_NAMED = """
const named = element => element.tagName.toLowerCase() + ' "'
  + (element.alt ?? element.textContent).trim().slice(0, 60) + '"';
"""

_FADED = (
    _NAMED
    + """
const pixel = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true});
const seen = new Map();
const rgba = colour => {
  if (!seen.has(colour)) {
    pixel.clearRect(0, 0, 1, 1);
    pixel.fillStyle = colour;
    pixel.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = pixel.getImageData(0, 0, 1, 1).data;
    seen.set(colour, [r, g, b, a / 255]);
  }
  return seen.get(colour);
};
const over = ([r, g, b, a], below) =>
  [r, g, b].map((part, index) => part * a + below[index] * (1 - a)).concat(1);
const ground = element => {
  const own = element ? rgba(getComputedStyle(element).backgroundColor) : [255, 255, 255, 1];
  return own[3] === 1 ? own : over(own, ground(element.parentElement));
};
const luminance = colour => {
  const [r, g, b] = colour.slice(0, 3).map(part => part / 255)
    .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const ratio = element => {
  const back = ground(element);
  const text = over(rgba(getComputedStyle(element).color), back);
  const [dark, light] = [luminance(back), luminance(text)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
};
const holders = new Set();
for (const output of document.querySelectorAll(outputs)) {
  const walker = document.createTreeWalker(output, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const holder = walker.currentNode.parentElement;
    if (walker.currentNode.data.trim() && holder.checkVisibility()) holders.add(holder);
  }
}
return [holders.size, [...holders].map(holder => [holder, ratio(holder)])
  .filter(([_, value]) => value < least)
  .map(([holder, value]) => `${named(holder)} has a contrast of ${value.toFixed(2)}`)];
"""
)

_STICKING_OUT = (
    _NAMED
    + """
const found = [];
for (const output of document.querySelectorAll(outputs)) {
  const right = output.getBoundingClientRect().right;
  for (const element of [output, ...output.querySelectorAll('*')]) {
    const box = element.getBoundingClientRect();
    if (!box.width || element.closest('.noUi-target')) continue;
    const inline = getComputedStyle(element).display === 'inline';
    const inside = inline ? 0 : element.scrollWidth - element.clientWidth;
    if (element.clientWidth && inside > 2)
      found.push(`${named(element)} is ${inside} pixels wider inside than outside`);
    else if (box.right > right + 2)
      found.push(`${named(element)} sticks out by ${(box.right - right).toFixed()} pixels`);
  }
}
return found;
"""
)

_PICTURES = (
    _NAMED
    + """
const pictures = [...document.querySelectorAll(outputs + ' img')];
await Promise.allSettled(pictures.map(picture => picture.decode()));
return [pictures.length, pictures.flatMap(picture => [
  ...(picture.naturalWidth > 0 ? [] : [`${named(picture)} did not load`]),
  ...(picture.alt.trim() ? [] : [`${picture.src.slice(0, 40)}... has no alternative text`]),
])];
"""
)


def unfold(page: Page) -> None:
    """Open every folded part of the outputs, so that it is looked at too."""
    page.eval_on_selector_all(f"{OUTPUTS} details", "all => all.forEach(one => one.open = true)")


def faded(page: Page) -> list[str]:
    """Text whose contrast with what lies behind it is below 4.5 to 1."""
    count, found = _look(page, _FADED, least=CONTRAST)
    return found if count else ["there is no text at all"]


def sticking_out(page: Page) -> list[str]:
    """Parts of outputs that are wider than the room they have."""
    return _look(page, _STICKING_OUT)


def broken_pictures(page: Page) -> list[str]:
    """Pictures that did not load, or that say nothing to those who cannot see them."""
    count, found = _look(page, _PICTURES)
    return found if count else ["there is no picture at all"]


def _look(page: Page, body: str, **values: object):
    names = ", ".join(["outputs", *values])
    return page.evaluate(f"async ({{{names}}}) => {{{body}}}", {"outputs": OUTPUTS, **values})
