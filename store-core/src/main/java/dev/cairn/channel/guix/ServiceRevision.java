// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix;

import java.time.Instant;
import java.util.Optional;

/**
 * A commit of a branch, as a Data Service knows it.
 *
 * @param date when it appeared on the branch
 * @param processed whether its packages can be asked for
 */
record ServiceRevision(String commit, Optional<Instant> date, boolean processed) {}
