// SPDX-License-Identifier: Apache-2.0
/**
 * Fetches files from {@code file:}, {@code http:} and {@code https:} addresses: what builds download and what channels
 * read. No other package opens connections.
 */
@NullMarked
package dev.cairn.http;

import org.jspecify.annotations.NullMarked;
