package io.holdfast.perf.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFileTest {
    @TempDir
    private Path directory;

    @Test
    void shouldWriteMicrosecondsWhenPercentileFileIsWritten() throws Exception {
        final Histogram values = new Histogram(3);
        values.recordValueWithCount(100_000, 99);
        values.recordValue(1_000_000);

        PercentileFile.write(directory.resolve("total.hgrm"), values);

        final List<String> lines = Files.readAllLines(directory.resolve("total.hgrm"));
        assertThat(lines.get(0)).contains("Value", "Percentile", "TotalCount", "1/(1-Percentile)");
        assertThat(lines.get(2).strip()).startsWith("100.");
        assertThat(lines)
                .anySatisfy(line -> assertThat(line).contains("Total count").contains("100]"));
    }

    @Test
    void shouldEscapeAllTextWhenPageIsWritten() throws Exception {
        final HtmlPage page = new HtmlPage("a <b> & c")
                .section("<script>alert(1)</script>")
                .paragraph("1 < 2")
                .verdict(false, "it's \"slow\"")
                .table(List.of("name", "µs"), List.of(List.of("<i>x</i>", "1,234.5")))
                .plot(new PercentilePlot("p").svg());

        page.write(directory.resolve("page.html"));

        final String html = Files.readString(directory.resolve("page.html"));
        assertThat(html)
                .contains("&lt;script&gt;alert(1)", "a &lt;b&gt; &amp; c", "it&#39;s &quot;slow&quot;")
                .contains("&lt;i&gt;x&lt;/i&gt;", "<td class=\"n\">1,234.5</td>", "<svg ")
                .doesNotContain("<script", "src=", "href=");
    }

    @Test
    void shouldRefuseMarkupWhenItIsNoPlot() {
        assertThatThrownBy(() -> new HtmlPage("a").plot("<script>")).hasMessageContaining("not a plot");
    }

    @Test
    void shouldAlignColumnsWhenTableIsPrinted() {
        final String text = new TextTable(List.of("stage", "p50"))
                .row(List.of("queueing", "1.5"))
                .row(List.of("µs", "12,345"))
                .text();

        assertThat(text).isEqualTo("""
                        stage        p50
                        queueing     1.5
                        µs        12,345
                        """);
    }

    @Test
    void shouldSummariseInMicrosecondsWhenValuesAreNanoseconds() {
        final Histogram values = new Histogram(3);
        for (int i = 1; i <= 1_000; i++) {
            values.recordValue(i * 1_000L);
        }

        final LatencySummary summary = LatencySummary.of(values);

        assertThat(summary.count()).isEqualTo(1_000);
        assertThat(summary.p50Us()).isBetween(499.0, 502.0);
        assertThat(summary.p99Us()).isBetween(989.0, 992.0);
        assertThat(JsonText.of(summary::write)).startsWith("{\"count\":1000,\"meanUs\":5");
    }
}
