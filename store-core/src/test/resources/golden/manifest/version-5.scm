;; Data made by GNU Guix (see expected.json beside this file).
(manifest (version 5) (packages ()))
