// SPDX-License-Identifier: Apache-2.0
/** What happens to a daemon and its store when things go wrong. */
@org.jspecify.annotations.NullMarked
package dev.cairn.bridge.fault;
