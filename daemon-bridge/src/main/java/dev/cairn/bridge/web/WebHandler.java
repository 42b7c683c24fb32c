// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.web;

/** Answers requests. Called by many threads. */
@FunctionalInterface
public interface WebHandler {
    /** The answer; the server closes its body. */
    WebResponse answer(WebRequest request);
}
