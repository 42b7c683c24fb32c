// SPDX-License-Identifier: Apache-2.0
/** Profiles: what a user has installed, and every earlier state of it. */
@NullMarked
package dev.cairn.profile;

import org.jspecify.annotations.NullMarked;
