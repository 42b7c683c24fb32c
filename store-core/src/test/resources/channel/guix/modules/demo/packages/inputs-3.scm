(define-module (demo packages inputs-3))
(define-public seen (package (name "seen") (version "3")))
(define-public hidden (package (name "hidden") (version "3")))
