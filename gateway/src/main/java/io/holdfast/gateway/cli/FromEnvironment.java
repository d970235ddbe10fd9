package io.holdfast.gateway.cli;

/** Marks a group of options each of which is also an environment variable: {@code --data-dir}, HOLDFAST_DATA_DIR. */
public interface FromEnvironment {}
