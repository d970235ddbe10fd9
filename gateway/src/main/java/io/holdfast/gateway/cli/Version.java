package io.holdfast.gateway.cli;

import io.holdfast.gateway.Build;
import picocli.CommandLine.IVersionProvider;

/** Says which build this is. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {
            "holdfast " + Build.version(), "Java " + Runtime.version(),
        };
    }
}
