package io.holdfast.settlement.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SnapshotPolicyTest {
    private final SnapshotPolicy policy = new SnapshotPolicy(1_000_000, 512L << 20);

    @Test
    void shouldWaitForARushToPass() {
        assertThat(policy.mayWait(50_000, 400_000)).isTrue();
    }

    @Test
    void shouldNotWaitWhenThereIsNoRush() {
        assertThat(policy.mayWait(10_000, 400_000)).isFalse();
    }

    @Test
    void shouldNotWaitUntilAStartWouldTakeLonger() {
        assertThat(policy.mayWait(50_000, 500_000)).isFalse();
    }
}
