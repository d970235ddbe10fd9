package io.holdfast.gateway.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A process of its own, with an edge and few file descriptors: says its port, then opens a file for each
 * line.
 */
final class ScarceDescriptors {
    private ScarceDescriptors() {}

    public static void main(final String[] arguments) throws IOException {
        final EdgeFixture.Setting many =
                EdgeFixture.Setting.DEFAULT.with(new io.holdfast.gateway.EdgeConfig.Limits(65_536, 0, 0, 1));
        final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (EdgeFixture server = new EdgeFixture(many)) {
            System.out.println(server.address().getPort());
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                final Path file = Files.createTempFile("scarce", ".tmp");
                Files.delete(file);
                System.out.println("opened " + server.edge.openConnections());
            }
        }
    }
}
