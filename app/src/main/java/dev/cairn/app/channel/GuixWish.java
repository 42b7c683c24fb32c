// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.channel;

import java.util.Optional;

/**
 * A channel of Guix's packages as the user describes it; checked when it is added.
 *
 * @param service the address of a Guix Data Service
 * @param commit the one to stay at; empty to follow the branch
 * @param farms whether the farms that are known to build its packages are to be asked, and believed
 */
public record GuixWish(String service, String branch, Optional<String> commit, boolean farms) {}
