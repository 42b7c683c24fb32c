(define-module (demo packages inputs-2))
(define-public a (package (name "a") (version "2")))
(define-public b (package (name "b") (version "2")))
