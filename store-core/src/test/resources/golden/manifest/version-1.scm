;; Data made by GNU Guix (see expected.json beside this file).
(manifest (version 1) (packages (("bar" "1.0" "out" "/gnu/store/28byvvi346dl56qy362bll08qf0p1ic0-bar-1.0" (("baz" "/gnu/store/yf0msr5bs494swhsk8pxpg91029392n0-baz-1.0"))))))
