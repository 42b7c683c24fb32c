;; Data made by GNU Guix (see expected.json beside this file).
(manifest (version 0) (packages (("bar" "1.0" "out" "/gnu/store/28byvvi346dl56qy362bll08qf0p1ic0-bar-1.0"))))
