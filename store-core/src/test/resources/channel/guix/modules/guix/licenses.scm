(define-module (guix licenses)
  #:export (zlib gpl3+))

(define zlib (license "Zlib"))
(define gpl3+ (license "GPL 3+"))
