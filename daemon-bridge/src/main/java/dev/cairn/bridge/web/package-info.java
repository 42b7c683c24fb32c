// SPDX-License-Identifier: Apache-2.0
/**
 * A small server of HTTP/1.1 (RFC 9110, RFC 9112) for what only is read: bounded requests, conditional requests,
 * ranges, files sent by the system, clients that stall cut off.
 */
@NullMarked
package dev.cairn.bridge.web;

import org.jspecify.annotations.NullMarked;
