package io.holdfast.perf.report;

/** Text that may stand in HTML, XML and their quoted attributes. */
final class Markup {
    private Markup() {}

    /** The text with everything replaced that a reader would take for markup; control characters become spaces. */
    static String escape(final String text) {
        final StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            final char each = text.charAt(i);
            switch (each) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                case '\n', '\t' -> escaped.append(each);
                default -> escaped.append(each < ' ' ? ' ' : each);
            }
        }
        return escaped.toString();
    }
}
