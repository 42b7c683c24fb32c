;; A module that the next one re-exports from.
(define-module (demo packages kitchen)
  #:export (kettle zlib))

(define kettle (package (name "kettle") (version "7.7")))
(define zlib (package (name "zlib") (version "1.3")))
