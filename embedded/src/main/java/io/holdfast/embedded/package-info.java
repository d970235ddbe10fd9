/**
 * Real Postgres and Redis servers out of Maven artifacts, as child processes: for the demo, for {@code serve --dev} and for
 * tests. Knows nothing of Holdfast, and is never on the class path of a server in production.
 */
package io.holdfast.embedded;
