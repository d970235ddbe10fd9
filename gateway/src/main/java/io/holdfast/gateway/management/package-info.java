/**
 * What operators and monitoring see of the process: health, numbers, metrics. Written to by event loops
 * without locks or look-ups, read when somebody asks.
 */
package io.holdfast.gateway.management;
