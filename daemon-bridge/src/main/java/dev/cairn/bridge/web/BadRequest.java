// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.web;

/** What a client sent is no request that could be answered otherwise. */
final class BadRequest extends Exception {
    private final int status;

    BadRequest(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
