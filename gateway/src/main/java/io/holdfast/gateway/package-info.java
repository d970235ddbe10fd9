/** The edge and the composition root. */
package io.holdfast.gateway;
