package io.holdfast.perf.report;

import java.util.List;
import java.util.Locale;

/** Draws axes, curves and legend as one SVG element that stands alone, or inside a page. */
final class PlotDrawing {
    /** So many colours can be told apart, and each comes again with dashes. */
    static final int CURVES_MAX = 16;

    /** The palette of Okabe and Ito, without yellow: for people who see fewer colours, too. */
    private static final String[] COLOURS = {
        "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#000000", "#56b4e9", "#e69f00", "#7f7f7f"
    };

    private static final int WIDTH = 960;
    private static final int LEFT = 84;
    private static final int RIGHT = 44;
    private static final int TOP = 44;
    private static final int PLOT_HEIGHT = 380;
    private static final int PLOT_WIDTH = WIDTH - LEFT - RIGHT;
    private static final int BELOW_AXIS = 56;
    private static final int LEGEND_ROW = 20;
    private static final int LEGEND_COLUMNS = 3;
    private static final int LEGEND_TEXT_MAX = 40;

    private final String title;
    private final Axis xAxis;
    private final Axis yAxis;
    private final List<Curve> curves;
    private final StringBuilder svg = new StringBuilder(16 * 1024);

    PlotDrawing(final String title, final Axis xAxis, final Axis yAxis, final List<Curve> curves) {
        this.title = title;
        this.xAxis = xAxis;
        this.yAxis = yAxis;
        this.curves = curves;
    }

    String svg() {
        final int rows = (curves.size() + LEGEND_COLUMNS - 1) / LEGEND_COLUMNS;
        final int height = TOP + PLOT_HEIGHT + BELOW_AXIS + rows * LEGEND_ROW + 8;
        add("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\""
                .formatted(WIDTH, height, WIDTH, height));
        add(" font-family=\"system-ui, sans-serif\" font-size=\"12\" fill=\"#222\">\n");
        add("<title>%s</title>\n".formatted(Markup.escape(title)));
        add("<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n".formatted(WIDTH, height));
        text(LEFT, 26, "start", "font-size=\"16\" font-weight=\"600\"", title);
        xTicks();
        yTicks();
        add("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"#444\"/>\n"
                .formatted(LEFT, TOP, PLOT_WIDTH, PLOT_HEIGHT));
        for (int i = 0; i < curves.size(); i++) {
            line(curves.get(i), i);
            legend(curves.get(i), i);
        }
        add("</svg>\n");
        return svg.toString();
    }

    private void xTicks() {
        for (final Axis.Tick tick : xAxis.ticks()) {
            final double x = LEFT + xAxis.place(tick.value()) * PLOT_WIDTH;
            grid(x, TOP, x, TOP + PLOT_HEIGHT);
            text(x, TOP + PLOT_HEIGHT + 18, "middle", "", tick.text());
        }
        text(LEFT + PLOT_WIDTH / 2.0, TOP + PLOT_HEIGHT + 38, "middle", "", xAxis.label());
    }

    private void yTicks() {
        for (final Axis.Tick tick : yAxis.ticks()) {
            final double y = yOf(tick.value());
            grid(LEFT, y, LEFT + PLOT_WIDTH, y);
            text(LEFT - 8, y + 4, "end", "", tick.text());
        }
        final double middle = TOP + PLOT_HEIGHT / 2.0;
        text(18, middle, "middle", "transform=\"rotate(-90 18 %s)\"".formatted(number(middle)), yAxis.label());
    }

    private void grid(final double x1, final double y1, final double x2, final double y2) {
        add("<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"#e2e2e2\"/>\n"
                .formatted(number(x1), number(y1), number(x2), number(y2)));
    }

    private void line(final Curve curve, final int index) {
        final StringBuilder path = new StringBuilder();
        char step = 'M';
        for (int i = 0; i < curve.xs().length; i++) {
            final double value = curve.ys()[i];
            if (Double.isNaN(value)) {
                step = 'M';
                continue;
            }
            path.append(step)
                    .append(number(LEFT + xAxis.place(curve.xs()[i]) * PLOT_WIDTH))
                    .append(' ')
                    .append(number(yOf(value)));
            step = 'L';
        }
        if (!path.isEmpty()) {
            add("<path d=\"%s\" fill=\"none\" stroke-linecap=\"round\" %s><title>%s</title></path>\n"
                    .formatted(path, stroke(index), Markup.escape(curve.name())));
        }
    }

    private void legend(final Curve curve, final int index) {
        final int column = index % LEGEND_COLUMNS;
        final int x = LEFT + column * (PLOT_WIDTH / LEGEND_COLUMNS);
        final int y = TOP + PLOT_HEIGHT + BELOW_AXIS + index / LEGEND_COLUMNS * LEGEND_ROW;
        add("<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" %s/>\n".formatted(x, y, x + 26, y, stroke(index)));
        text(x + 32, y + 4, "start", "", shortened(curve.xs().length == 0 ? curve.name() + " (none)" : curve.name()));
    }

    private static String shortened(final String name) {
        return name.length() <= LEGEND_TEXT_MAX ? name : name.substring(0, LEGEND_TEXT_MAX - 1) + "…";
    }

    private static String stroke(final int index) {
        final String dashes = index < COLOURS.length ? "" : " stroke-dasharray=\"6 4\"";
        return "stroke=\"" + COLOURS[index % COLOURS.length] + "\" stroke-width=\"2\"" + dashes;
    }

    private double yOf(final double value) {
        return TOP + (1 - yAxis.place(value)) * PLOT_HEIGHT;
    }

    private void text(final double x, final double y, final String anchor, final String more, final String words) {
        add("<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" %s>%s</text>\n"
                .formatted(number(x), number(y), anchor, more, Markup.escape(words)));
    }

    private void add(final String piece) {
        svg.append(piece);
    }

    private static String number(final double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
