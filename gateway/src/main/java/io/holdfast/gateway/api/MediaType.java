package io.holdfast.gateway.api;

import io.holdfast.gateway.http.HeadFields;

/** Whether a body is what we read: application/json in UTF-8, not encoded. */
final class MediaType {
    private static final String JSON = "application/json";
    private static final String CHARSET = "charset=";

    private MediaType() {}

    static boolean isSupported(final HeadFields fields, final int bodyLength) {
        if (fields.contentEncoding() != null) {
            return false;
        }
        return bodyLength == 0 || fields.contentType() != null && isJson(fields.contentType());
    }

    private static boolean isJson(final String contentType) {
        if (!contentType.regionMatches(true, 0, JSON, 0, JSON.length())) {
            return false;
        }
        if (contentType.length() == JSON.length()) {
            return true;
        }
        final String parameters = contentType.substring(JSON.length()).trim();
        if (!parameters.startsWith(";")) {
            return false;
        }
        for (final String parameter : parameters.substring(1).split(";", -1)) {
            final String trimmed = parameter.trim();
            if (!trimmed.isEmpty() && !isUtf8(trimmed)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUtf8(final String parameter) {
        if (!parameter.regionMatches(true, 0, CHARSET, 0, CHARSET.length())) {
            return false;
        }
        final String charset = parameter.substring(CHARSET.length());
        return "utf-8".equalsIgnoreCase(charset) || "\"utf-8\"".equalsIgnoreCase(charset);
    }
}
