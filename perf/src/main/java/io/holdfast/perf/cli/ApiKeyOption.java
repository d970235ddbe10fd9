package io.holdfast.perf.cli;

import io.holdfast.gateway.cli.FromEnvironment;
import picocli.CommandLine.Option;

/** The storefront's key. */
final class ApiKeyOption implements FromEnvironment {
    @Option(
            names = "--api-key",
            paramLabel = "KEY",
            defaultValue = "",
            description = "The storefront's key (HOLDFAST_API_KEY); none for a server that asks for none.")
    private String apiKey;

    String apiKey() {
        return apiKey;
    }
}
