(define-module (demo packages inputs-4))
(define-public four (package (name "four") (version "4")))
