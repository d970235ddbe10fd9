/**
 * The command line: flags and environment in, configuration and an exit status out.
 *
 * <p>Runs on the main thread. It decides nothing about stock: {@code serve} and {@code demo} start a
 * {@link io.holdfast.gateway.RunningServer} and wait for its end, the journal tools hand over to
 * {@code io.holdfast.gateway.audit}. Data goes to standard output, everything else to standard error; a secret goes to
 * neither, except those that {@code --dev} and {@code demo} made up themselves.
 */
package io.holdfast.gateway.cli;
