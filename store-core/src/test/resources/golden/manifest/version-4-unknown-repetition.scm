;; Data made by GNU Guix (see expected.json beside this file).
(manifest (version 4) (packages ((repeated "bar" "1.0" "/gnu/store/28byvvi346dl56qy362bll08qf0p1ic0-bar-1.0"))))
