package io.holdfast.gateway.cli;

import io.holdfast.gateway.ServerConfig.Endpoint;
import io.holdfast.gateway.ServerConfig.Secret;
import io.holdfast.gateway.StartRefusedException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URL;
import java.nio.charset.StandardCharsets;

/** Makes the demo's drop as an operator would: by the server's own API. */
final class DemoDrop {
    static final String NAME = "demo";
    static final String FIRST_BUYER = "b-1";
    static final String FIRST_HOLD = "{\"buyer\":\"" + FIRST_BUYER + "\",\"items\":[{\"sku\":\"GA\",\"quantity\":2}]}";

    private static final String DEFINITION = "{\"name\":\"Demo\",\"skus\":[{\"sku\":\"GA\",\"capacity\":5000,"
            + "\"priceMinor\":4500,\"currency\":\"EUR\"}]}";
    private static final int TIMEOUT_MS = 10_000;

    private final Endpoint service;
    private final Secret adminKey;

    DemoDrop(final Endpoint service, final Secret adminKey) {
        this.service = service;
        this.adminKey = adminKey;
    }

    /** Where a client on this machine reaches an endpoint: a server on all addresses is on the loopback one too. */
    static String urlOf(final Endpoint endpoint) {
        final boolean isEverywhere = "0.0.0.0".equals(endpoint.host()) || "::".equals(endpoint.host());
        return "http://" + (isEverywhere ? "127.0.0.1:" + endpoint.port() : endpoint.authority());
    }

    /**
     * Makes the drop, or finds it made by an earlier run on the same data.
     *
     * @return false when there is one of that name with another definition
     */
    boolean create() throws StartRefusedException {
        final String url = urlOf(service) + "/v1/drops/" + NAME;
        try {
            final int status = put(url);
            if (status == HttpURLConnection.HTTP_CONFLICT) {
                return false;
            }
            if (status != HttpURLConnection.HTTP_CREATED && status != HttpURLConnection.HTTP_OK) {
                throw new StartRefusedException("PUT " + url + " was answered with " + status);
            }
            return true;
        } catch (final IOException e) {
            throw new StartRefusedException("PUT " + url + " failed: " + e.getMessage(), e);
        }
    }

    private int put(final String url) throws IOException {
        final HttpURLConnection connection = (HttpURLConnection) new URL(url).openConnection(Proxy.NO_PROXY);
        try {
            connection.setConnectTimeout(TIMEOUT_MS);
            connection.setReadTimeout(TIMEOUT_MS);
            connection.setRequestMethod("PUT");
            connection.setRequestProperty("Authorization", "Bearer " + adminKey.value());
            connection.setRequestProperty("Content-Type", "application/json");
            connection.setDoOutput(true);
            try (OutputStream body = connection.getOutputStream()) {
                body.write(DEFINITION.getBytes(StandardCharsets.UTF_8));
            }
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }
}
