// SPDX-License-Identifier: Apache-2.0
/** Running a builder so that it sees its inputs and nothing else. */
@NullMarked
package dev.cairn.build.sandbox;

import org.jspecify.annotations.NullMarked;
