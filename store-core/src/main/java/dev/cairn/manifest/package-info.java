// SPDX-License-Identifier: Apache-2.0
/** Profile manifests: the packages of a profile and the environment variables they want set. */
@NullMarked
package dev.cairn.manifest;

import org.jspecify.annotations.NullMarked;
