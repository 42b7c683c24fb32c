(define-module (demo packages late))
(define-public late (package (name "late") (version "1")))
(define-public cup (package (name "another-cup") (version "9")))
