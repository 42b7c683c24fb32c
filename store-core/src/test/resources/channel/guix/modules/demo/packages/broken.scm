(define-module (demo packages broken)

(define-public broken (package (name "broken") (version "1")))
