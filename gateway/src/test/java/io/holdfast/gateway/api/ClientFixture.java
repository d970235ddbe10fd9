package io.holdfast.gateway.api;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** For each test a running edge, and a client that is connected to it. */
abstract class ClientFixture {
    EdgeFixture server;
    HttpConnection client;

    private final EdgeFixture.Setting setting;

    ClientFixture() {
        this(EdgeFixture.Setting.DEFAULT);
    }

    ClientFixture(final EdgeFixture.Setting setting) {
        this.setting = setting;
    }

    @BeforeEach
    void start() throws IOException {
        server = new EdgeFixture(setting);
        client = server.connect();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }
}
