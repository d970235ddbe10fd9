package io.holdfast.perf.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class PlotTest {
    private static final int NS_PER_MICRO = 1_000;

    @Test
    void shouldDrawEachSeriesAndItsNameWhenPercentilesArePlotted() throws Exception {
        final PercentilePlot plot = new PercentilePlot("Latency <of> a \"hold\" & more")
                .add("spin 0 µs", upTo(10_000))
                .add("spin 20 µs", upTo(100));

        final Document svg = parsed(plot.svg());

        assertThat(svg.getElementsByTagName("path").getLength()).isEqualTo(2);
        assertThat(svg.getDocumentElement().getTextContent())
                .contains("Latency <of> a \"hold\" & more", "spin 0 µs", "spin 20 µs", "99.99", "10,000", "µs");
    }

    @Test
    void shouldPlaceNinesEvenlyWhenPercentilesArePlotted() {
        final PercentileAxis axis = new PercentileAxis(4);

        assertThat(axis.ticks()).extracting(Axis.Tick::text).containsExactly("0", "50", "90", "99", "99.9", "99.99");
        assertThat(axis.place(2)).isEqualTo(0.5);
    }

    @Test
    void shouldEndAtThePercentileThatTheCountSupportsWhenSeriesIsShort() {
        final String svg = new PercentilePlot("a").add("hundred", upTo(100)).svg();

        assertThat(svg).contains(">99<").doesNotContain(">99.9<");
    }

    @Test
    void shouldStayReadableWhenSeriesIsEmpty() throws Exception {
        final Document svg =
                parsed(new PercentilePlot("a").add("nothing", new Histogram(3)).svg());

        assertThat(svg.getElementsByTagName("path").getLength()).isZero();
        assertThat(svg.getDocumentElement().getTextContent()).contains("nothing (none)");
    }

    @Test
    void shouldRefuseWhenThereAreMoreSeriesThanCanBeToldApart() {
        final PercentilePlot plot = new PercentilePlot("many");
        for (int i = 0; i < PercentilePlot.SERIES_MAX; i++) {
            plot.add("series " + i, upTo(10));
        }

        assertThatThrownBy(() -> plot.add("one more", upTo(10))).hasMessageContaining("more than 16 series");
    }

    @Test
    void shouldInterruptTheLineWhenValueIsMissing() {
        final String svg = LinePlot.overTime("rate", "decisions/s", Scale.LINEAR)
                .add("a", new double[] {0, 1, 2, 3}, new double[] {5, Double.NaN, 7, 6})
                .svg();

        final String path = svg.substring(svg.indexOf(" d=\""), svg.indexOf("\" fill=\"none\" stroke-linecap"));
        assertThat(path.chars().filter(each -> each == 'M').count()).isEqualTo(2);
    }

    @Test
    void shouldChooseRoundTicksWhenAxisIsLogarithmic() {
        assertThat(new LogAxis("µs", 7.3, 1_800).ticks())
                .extracting(Axis.Tick::text)
                .containsExactly("5", "10", "20", "50", "100", "200", "500", "1,000", "2,000");
        assertThat(new LogAxis("µs", 0.02, 90_000).ticks())
                .extracting(Axis.Tick::text)
                .containsExactly("0.100", "1", "10", "100", "1,000", "10,000", "100,000");
    }

    @Test
    void shouldBeginAtZeroWhenAxisIsLinear() {
        assertThat(new LinearAxis("rate", 900, 1_130).ticks())
                .extracting(Axis.Tick::text)
                .containsExactly("0", "200", "400", "600", "800", "1,000", "1,200");
    }

    private static Histogram upTo(final int micros) {
        final Histogram values = new Histogram(3);
        for (int i = 1; i <= micros; i++) {
            values.recordValue((long) i * NS_PER_MICRO);
        }
        return values;
    }

    private static Document parsed(final String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }
}
