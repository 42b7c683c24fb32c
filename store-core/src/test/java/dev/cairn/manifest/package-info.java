// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.cairn.manifest;

import org.jspecify.annotations.NullMarked;
