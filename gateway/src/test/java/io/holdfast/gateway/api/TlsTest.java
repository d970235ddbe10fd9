package io.holdfast.gateway.api;

import static io.holdfast.gateway.api.EdgeFixture.ADMIN_KEY;
import static io.holdfast.gateway.api.EdgeFixture.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.gateway.EdgeConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    Path directory;

    @Test
    void shouldServeOverTlsWhenACertificateIsGiven() throws Exception {
        final KeyStore keys = keys();

        try (EdgeFixture server = new EdgeFixture(EdgeFixture.Setting.DEFAULT.with(files(keys)));
                HttpConnection client = connect(server, keys.getCertificate("server"))) {
            final HttpConnection.Response refused = client.get("/v1/drops/x", API_KEY);
            HoldsTest.assertProblem(refused, 404, "unknown-drop");
            final HttpConnection.Response tooLarge = client.send("POST /v1/payments HTTP/1.1\r\nHost: a\r\n"
                            + "Content-Length: 100000\r\n\r\n" + " ".repeat(100_000))
                    .read();
            HoldsTest.assertProblem(tooLarge, 413, "body-too-large");
            assertThat(client.isClosed()).isTrue();

            try (HttpConnection plain = server.connect()) {
                plain.send(HttpConnection.text("GET", "/v1/drops/x", API_KEY, null));
                assertThatThrownBy(plain::read).isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void shouldLetGoOfAWatcherWhoHasGoneWithoutAWordOfTls() throws Exception {
        final KeyStore keys = keys();

        try (EdgeFixture server = new EdgeFixture(EdgeFixture.Setting.DEFAULT.with(files(keys)));
                HttpConnection operator = connect(server, keys.getCertificate("server"));
                Socket plain = new Socket(
                        server.address().getAddress(), server.address().getPort());
                HttpConnection watcher = new HttpConnection(over(plain, keys.getCertificate("server")))) {
            operator.put("/v1/drops/d", ADMIN_KEY, "{\"skus\":[{\"sku\":\"GA\",\"capacity\":1}]}");
            watcher.send(HttpConnection.text("GET", "/v1/drops/d/events", null, null));
            assertThat(watcher.read(true).status()).isEqualTo(200);
            assertThat(watcher.readChunk()).startsWith("id: ");

            plain.shutdownOutput();

            await().until(() -> server.edge.openConnections() == 1);
        }
    }

    @Test
    void shouldNameTheFilesWhenTheyCannotBeUsed() throws IOException {
        final Path nonsense = Files.writeString(directory.resolve("nonsense.pem"), "nonsense");

        assertThatThrownBy(
                        () -> new EdgeFixture(EdgeFixture.Setting.DEFAULT.with(new EdgeConfig.Tls(nonsense, nonsense))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--tls-cert " + nonsense);
    }

    private static HttpConnection connect(final EdgeFixture server, final Certificate trusted) throws Exception {
        return new HttpConnection(trusting(trusted)
                .createSocket(server.address().getAddress(), server.address().getPort()));
    }

    private static SSLSocketFactory trusting(final Certificate trusted) throws Exception {
        final KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("server", trusted);
        final TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trust);
        final SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(null, managers.getTrustManagers(), null);
        return context.getSocketFactory();
    }

    private static Socket over(final Socket plain, final Certificate trusted) throws Exception {
        return trusting(trusted).createSocket(plain, "localhost", plain.getPort(), false);
    }

    /** The certificate and its key, in files. */
    private EdgeConfig.Tls files(final KeyStore keys) throws Exception {
        final EdgeConfig.Tls tls = new EdgeConfig.Tls(directory.resolve("cert.pem"), directory.resolve("key.pem"));
        writePem(tls.certificate(), "CERTIFICATE", keys.getCertificate("server").getEncoded());
        writePem(
                tls.key(),
                "PRIVATE KEY",
                keys.getKey("server", PASSWORD.toCharArray()).getEncoded());
        return tls;
    }

    private KeyStore keys() throws Exception {
        final Path store = directory.resolve("keys.p12");
        final Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor()).isZero();
        final KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    private static void writePem(final Path file, final String type, final byte[] bytes) throws IOException {
        Files.writeString(
                file,
                "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + type
                        + "-----\n");
    }
}
