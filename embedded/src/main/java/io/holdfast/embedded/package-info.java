/**
 * Real Postgres and Redis servers out of Maven artifacts, for the demo, {@code serve --dev} and tests.
 *
 * <p>They run as processes of their own, listen on the loopback address only, and end with the process that started
 * them, however that ends. Any thread may start and close them. Nothing here is on production's class path.
 */
package io.holdfast.embedded;
