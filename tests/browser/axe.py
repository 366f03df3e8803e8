"""axe-core, run in a page: what of it somebody with a disability could not use."""

from playwright.sync_api import Frame, Page

from tests.readers.available import AXE

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """tags => axe.run(document, {runOnly: tags, resultTypes: ["violations"]})
    .then(found => found.violations.flatMap(
        rule => rule.nodes.map(node => [rule.id, node.target.flat().join(" "), rule.help])))"""


def axe_violations(page: Page | Frame) -> list[str]:
    """Return a line for each element that breaks a rule: rule, element, what to do.

    The page must run scripts. Its Content-Security-Policy does not hold for axe, which
    Playwright evaluates as a debugger does, in the page but not by it.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    return [f"{rule}: {element}: {told}" for rule, element, told in page.evaluate(RUN, TAGS)]
