package fourways.report;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page as people meet it: in a browser, from a file. */
final class PageIT {

    private static final int DESKTOP = 1280;
    private static final int LAPTOP = 1_366;
    private static final int PHONE = 390;

    @TempDir
    static Path directory;

    private static Browser browser;
    private static Path page;
    private static Path troubled;
    private static Path full;

    @BeforeAll
    static void writePages() throws IOException {
        page = directory.resolve("valid").resolve(Page.NAME);
        troubled = directory.resolve("troubled").resolve(Page.NAME);
        full = directory.resolve("full").resolve(Page.NAME);
        Files.createDirectories(full.getParent());
        Page.write(FullSample.results(), full);
        Files.createDirectories(page.getParent());
        Files.createDirectories(troubled.getParent());
        Page.write(PageSample.allValid(), page);
        Page.write(PageSample.troubled(), troubled);
        browser = new Browser(directory.resolve("profile"));
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void chartsShowABarForEveryFigure() {
        browser.open(page, DESKTOP, false);

        for (WebElement chart : browser.all("[data-bars]")) {
            assertEquals(10L, marks(chart, "bar"), "bars of " + chart.getDomAttribute("data-bars"));
            assertTrue(painted(chart), "nothing is painted in " + chart.getDomAttribute("data-bars"));
        }
    }

    @Test
    void consoleIsSilentAndNothingIsRequestedButThePage() {
        browser.open(page, DESKTOP, false);
        browser.all("a.cell").getFirst().click();
        browser.script("document.querySelector('[data-bars] canvas')"
                + ".dispatchEvent(new MouseEvent('mousemove', {clientX: 200, clientY: 60, bubbles: true}))");

        assertEquals(List.of(), browser.console());
        assertEquals(
                List.of(page.toUri().toString().replace("file:/", "file:///").replace("file://///", "file:///")),
                browser.requests());
    }

    @Test
    void scriptThatThePolicyDoesNotNameIsNotRun() {
        browser.open(page, DESKTOP, false);

        browser.script(
                "const s = document.createElement('script'); s.textContent = 'window.intruder = 1'; document.body.append(s);");

        assertEquals("undefined", browser.script("return typeof window.intruder"));
        assertFalse(browser.console().isEmpty(), "the browser says that it refused");
    }

    @Test
    void clickOpensACellAndASecondOneClosesIt() {
        browser.open(page, DESKTOP, false);
        WebElement cell = browser.all("a.cell").get(6);

        cell.click();

        WebElement details = browser.one(".details.open");
        assertEquals("true", cell.getDomAttribute("aria-expanded"));
        assertEquals(
                "busy-loop on shared-threads plain",
                details.findElement(By.tagName("h4")).getText());
        assertTrue(painted(browser.one(".details.open [data-lanes]")), "the lanes are painted");

        cell.click();

        assertEquals(List.of(), browser.all(".details.open"));
    }

    /** In the middle of its outage, the victim's lane has the color of failure, and that of a neighbour below it has not; before the fault, both have the same. */
    @Test
    void lanesShowWhichShardsWereHitAndWhen() {
        browser.open(full, LAPTOP, false);
        String exception = browser.all("a.cell").getFirst().getDomAttribute("href");
        browser.script("arguments[0].click()", browser.all("a.cell").getFirst());
        WebElement lanes = browser.one(".details.open [data-lanes]");
        assertTrue(painted(lanes), exception);

        Object victimBefore = lane(lanes, 13, 20);
        Object victimDown = lane(lanes, 13, 42);
        Object neighbourDown = lane(lanes, 14, 42);

        assertEquals(victimBefore, neighbourDown);
        assertEquals("181,56,8", victimDown);
    }

    /** What the canvas shows of a shard in a bucket; its rows are four high, and the victim's, which is no. 13, nine. */
    private static Object lane(WebElement lanes, int shard, int bucket) {
        return browser.script(
                "const c = arguments[0].querySelector('canvas'); const scale = c.width / c.clientWidth;"
                        + "const y = 22 + 4 * arguments[1] + (arguments[1] > 13 ? 5 : 0) + 1;"
                        + "const x = 62 + (arguments[2] + .5) * (c.clientWidth - 63) / 200;"
                        + "return c.getContext('2d').getImageData(x * scale, y * scale, 1, 1).data.slice(0, 3).join()",
                lanes,
                shard,
                bucket);
    }

    @Test
    void pointingAtALaneTellsItsShardAndShare() {
        browser.open(full, LAPTOP, false);
        browser.script("arguments[0].click()", browser.all("a.cell").getFirst());
        WebElement lanes = browser.one(".details.open [data-lanes]");
        assertTrue(painted(lanes), "the lanes are painted");

        browser.script(
                "const box = arguments[0].querySelector('canvas').getBoundingClientRect();"
                        + "arguments[0].querySelector('canvas').dispatchEvent(new PointerEvent('pointermove', {bubbles: true,"
                        + "clientX: box.left + 62 + 42.5 * (box.width - 63) / 200, clientY: box.top + 22 + 4 * 13 + 4}))",
                lanes);

        String told = browser.one(".details.open [data-lanes] + .note").getText();
        assertEquals("Victim, shard 13, +0.1 s from the fault: none ok", told);
    }

    @Test
    void refutedPredictionIsSeenInTheMatrixInItsCellAndAmongTheFindings() {
        browser.open(full, LAPTOP, false);

        List<WebElement> signs = browser.all("a.cell .refuted-sign");
        assertEquals(1, signs.size());
        assertTrue(signs.getFirst().isDisplayed(), "the sign in the matrix");
        String findings = browser.one("#predictions").getText();
        assertTrue(findings.contains("195 held and 1 was refuted"), findings);
        assertTrue(findings.contains("blocking-call"), findings);

        browser.one("#predictions a").click();

        String cell = browser.one(".details.open").getText();
        assertTrue(cell.startsWith("blocking-call on event-loop plain"), cell);
        assertTrue(cell.contains("is refuted"), cell);
        assertTrue(cell.contains("vert.x pull request 4283"), cell);
    }

    @Test
    void wholeCatalogueFitsALaptopAndAFewMegabytes() throws IOException {
        browser.open(full, LAPTOP, false);

        assertEquals(19 * 11, browser.all("a.cell").size());
        assertEquals(
                "false",
                browser.script(
                        "const page = document.documentElement; return String(page.scrollWidth > page.clientWidth)"));
        assertEquals(
                "false",
                browser.script(
                        "const s = document.querySelector('.scroll'); return String(s.scrollWidth > s.clientWidth + 10)"));
        assertTrue(Files.size(full) < 4_000_000, "bytes: " + Files.size(full));
        assertEquals(List.of(), browser.console());
    }

    @Test
    void whatDoesNotApplyOrDidNotFireSaysSoInWords() {
        browser.open(full, LAPTOP, false);

        String matrix = browser.one(".matrix").getText();

        assertTrue(matrix.contains("Not applicable"), matrix);
        assertTrue(matrix.contains("Did not fire"), matrix);
    }

    @Test
    void keyboardAloneOpensAndClosesACell() {
        browser.open(page, DESKTOP, false);
        WebElement cell = browser.all("a.cell").getFirst();
        browser.script("arguments[0].focus()", cell);

        browser.driver().switchTo().activeElement().sendKeys(Keys.ENTER);
        assertEquals(1, browser.all(".details.open").size());
        browser.driver().switchTo().activeElement().sendKeys(Keys.ESCAPE);
        assertEquals(0, browser.all(".details.open").size());
        assertEquals(cell, browser.driver().switchTo().activeElement(), "focus returns to the cell");
        browser.driver().switchTo().activeElement().sendKeys(Keys.SPACE);
        assertEquals(1, browser.all(".details.open").size());
    }

    @Test
    void everyCellCanBeReachedWithTheTabKey() {
        browser.open(page, DESKTOP, false);
        browser.script("arguments[0].focus()", browser.all("a.cell").getFirst());

        for (WebElement cell : browser.all("a.cell")) {
            assertEquals(cell, browser.driver().switchTo().activeElement());
            browser.driver().switchTo().activeElement().sendKeys(Keys.TAB);
        }
    }

    @Test
    void nothingIsWiderThanAPhone() {
        for (Path file : List.of(page, troubled, full)) {
            browser.open(file, PHONE, false);
            browser.script("document.querySelectorAll('a.cell')[1].click()");

            assertEquals((long) PHONE, browser.script("return document.documentElement.scrollWidth"));
        }
    }

    @Test
    void hostileNamesAreShownAsTextAndDoNothing() {
        browser.open(troubled, DESKTOP, false);
        browser.script("document.querySelectorAll('a.cell').forEach(cell => cell.click())");

        assertEquals(List.of(), browser.console());
        assertEquals(List.of(), browser.all("img, iframe, object, embed"));
        assertEquals(3, browser.all("script").size());
        String shown = PageSample.HOSTILE.replace("\u001b", "");
        assertTrue(browser.one("body").getText().replace("\u001b", "").contains(shown), "the name is shown as it is");
    }

    @Test
    void troublesAreNamedAtTheTop() {
        browser.open(troubled, DESKTOP, false);

        String top = browser.one("header").getText();

        assertAll(
                () -> assertTrue(top.contains("4 of 35 trials not valid, 1 not run"), top),
                () -> assertTrue(top.contains("interrupted"), top),
                () -> assertTrue(top.contains("INVALID: lost 1 command: id 7"), top),
                () -> assertTrue(top.contains("FAILED: the JVM ended with 3"), top));
    }

    @Test
    void withoutScriptsEveryFigureIsThereAsText() {
        browser.allowScripts(false);
        try {
            browser.open(page, DESKTOP, false);
            assertEquals(
                    20,
                    browser.all(".details").stream()
                            .filter(WebElement::isDisplayed)
                            .count());
            assertEquals(
                    0,
                    browser.all(".needs-script").stream()
                            .filter(WebElement::isDisplayed)
                            .count());
            assertTrue(browser.one("#throughput").getText().contains("1.21 M"));
        } finally {
            browser.allowScripts(true);
        }
    }

    @Test
    void addressOfACellOpensIt() {
        browser.open(page, DESKTOP, false);
        browser.all("a.cell").get(7).click();
        String address = browser.driver().getCurrentUrl();

        browser.driver().get("about:blank");
        browser.driver().get(address);

        assertEquals(
                "busy-loop on shared-threads virtual",
                browser.one(".details.open h4").getText());
    }

    @Test
    void cellOpensWhereItWasTappedOnAPhone() {
        browser.open(page, PHONE, false);
        WebElement cell = browser.all("a.cell").get(7);

        browser.script("arguments[0].click()", cell);

        long gap = (Long) browser.script(
                "return Math.round(document.querySelector('.details.open').getBoundingClientRect().top"
                        + " - arguments[0].getBoundingClientRect().bottom)",
                cell);
        assertTrue(gap >= 0 && gap < 100, "the gap is " + gap);
    }

    @Test
    void paperIsLightAndShowsEveryCell() {
        browser.open(page, DESKTOP, true);

        browser.script("dispatchEvent(new Event('beforeprint'))");
        browser.driver().executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "print"));

        assertEquals("rgb(253, 253, 252)", browser.script("return getComputedStyle(document.body).backgroundColor"));
        assertEquals(
                20,
                browser.all(".details").stream().filter(WebElement::isDisplayed).count());
        browser.script("dispatchEvent(new Event('afterprint'))");
    }

    @Test
    void darkScreensGetADarkPage() {
        browser.open(page, DESKTOP, true);
        assertEquals("rgb(20, 23, 27)", browser.script("return getComputedStyle(document.body).backgroundColor"));

        browser.open(page, DESKTOP, false);
        assertEquals("rgb(253, 253, 252)", browser.script("return getComputedStyle(document.body).backgroundColor"));
    }

    private static Object marks(WebElement chart, String type) {
        return browser.script(
                "return echarts.getInstanceByDom(arguments[0]).getModel().getSeriesByType(arguments[1])"
                        + ".flatMap(series => { const data = series.getData(); const marks = [];"
                        + " data.each(i => data.getItemGraphicEl(i) && marks.push(i)); return marks; }).length",
                chart,
                type);
    }

    /** Whether any point of the canvas has a color; what is drawn on the next frame is waited for. */
    private static boolean painted(WebElement chart) {
        Awaitility.await("a chart").atMost(Duration.ofSeconds(10)).until(() -> (Boolean) browser.script(
                "const c = arguments[0].querySelector('canvas'); if (!c) return false;"
                        + "return c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(v => v > 0)",
                chart));
        return true;
    }
}
