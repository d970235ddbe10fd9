package io.holdfast.perf.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A page that needs nothing but itself: no script, no font, no network. All text is escaped; only {@link #plot} takes
 * markup, and only from the plots of this package. Not thread-safe.
 */
public final class HtmlPage {
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?[0-9][0-9,. ]*(%|×|[a-zµ/ ]{0,12})( to [0-9][0-9,. ]*)?");
    private static final String STYLE = """
            body{font:15px/1.5 system-ui,sans-serif;color:#222;background:#fff;max-width:1200px;margin:2em auto;padding:0 1em}
            h1{font-size:1.6em;margin-bottom:.2em}h2{font-size:1.25em;margin-top:2em;border-bottom:1px solid #ddd}
            h3{font-size:1.05em;margin-bottom:.3em}
            table{border-collapse:collapse;margin:1em 0;font-variant-numeric:tabular-nums}
            .wide{overflow-x:auto}
            th,td{padding:.25em .55em;border-bottom:1px solid #e4e4e4;text-align:left;vertical-align:top}
            th{background:#f4f4f4;font-weight:600}td.n,th.n{text-align:right;white-space:nowrap}
            svg{max-width:100%;height:auto;display:block;margin:1em 0}
            pre{background:#f6f6f6;padding:.8em;overflow-x:auto;font-size:13px}
            .good{color:#006b3c}.bad{color:#b00020}p.good,p.bad{font-weight:600}
            """;

    private final StringBuilder body = new StringBuilder(64 * 1024);
    private final String title;

    /** @param title of the page, and its first heading */
    public HtmlPage(final String title) {
        this.title = title;
    }

    /** Begins a section. */
    public HtmlPage section(final String heading) {
        return element("h2", "", heading);
    }

    /** Begins a part of a section. */
    public HtmlPage part(final String heading) {
        return element("h3", "", heading);
    }

    public HtmlPage paragraph(final String text) {
        return element("p", "", text);
    }

    /** One sentence that says how it came out, in green or in red. */
    public HtmlPage verdict(final boolean isGood, final String text) {
        return element("p", isGood ? " class=\"good\"" : " class=\"bad\"", text);
    }

    /** Text with its lines and columns as they are: a command, a terminal's table. */
    public HtmlPage preformatted(final String text) {
        return element("pre", "", text);
    }

    /** Items one below the other. */
    public HtmlPage list(final List<String> items) {
        body.append("<ul>\n");
        items.forEach(item -> element("li", "", item));
        body.append("</ul>\n");
        return this;
    }

    /**
     * A table; columns of nothing but numbers, with or without a unit, stand to the right.
     *
     * @param rows each with as many cells as the head
     */
    public HtmlPage table(final List<String> head, final List<List<String>> rows) {
        final boolean[] isNumeric = new boolean[head.size()];
        for (int i = 0; i < isNumeric.length; i++) {
            final int column = i;
            isNumeric[i] = !rows.isEmpty() && rows.stream().allMatch(row -> isNumber(row.get(column)));
        }
        body.append("<div class=\"wide\"><table>\n");
        row("th", head, isNumeric);
        rows.forEach(row -> row("td", row, isNumeric));
        body.append("</table></div>\n");
        return this;
    }

    private void row(final String name, final List<String> cells, final boolean[] isNumeric) {
        body.append("<tr>");
        for (int i = 0; i < cells.size(); i++) {
            body.append('<').append(name).append(isNumeric[i] ? " class=\"n\">" : ">");
            body.append(Markup.escape(cells.get(i))).append("</").append(name).append('>');
        }
        body.append("</tr>\n");
    }

    /** A plot, as {@link PercentilePlot#svg} or {@link LinePlot#svg} gave it. */
    public HtmlPage plot(final String svg) {
        if (!svg.startsWith("<svg ")) {
            throw new IllegalArgumentException("not a plot: " + svg.substring(0, Math.min(40, svg.length())));
        }
        body.append(svg);
        return this;
    }

    private static boolean isNumber(final String text) {
        return text.isEmpty() || text.equals("-") || NUMBER.matcher(text).matches();
    }

    private HtmlPage element(final String name, final String attributes, final String text) {
        body.append('<').append(name).append(attributes).append('>');
        body.append(Markup.escape(text)).append("</").append(name).append(">\n");
        return this;
    }

    /** The whole page. */
    public String html() {
        final String escaped = Markup.escape(title);
        return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" + escaped
                + "</title>\n<style>\n" + STYLE + "</style></head>\n<body>\n<h1>" + escaped + "</h1>\n" + body
                + "</body></html>\n";
    }

    /** Writes the page, over the file that is there. */
    public void write(final Path file) throws IOException {
        Files.writeString(file, html(), StandardCharsets.UTF_8);
    }
}
