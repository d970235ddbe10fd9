package io.holdfast.gateway.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

/** The journal tools as processes of their own. */
final class JournalCheck {
    private JournalCheck() {}

    /** Requires {@code journal verify} to be content. */
    static void verify(final Path data) throws Exception {
        final Tool.Result result = Tool.run(List.of("journal", "verify", "--data-dir=" + data));
        assertThat(result.status()).as(result.output()).isZero();
        assertThat(result.output())
                .containsPattern("verified \\d+ records, state hash [0-9a-f]{16}: sold \\+ held never above");
    }
}
