;; Search paths that several packages share.
(define-module (guix search-paths)
  #:export ($SHARED_DIR shared-python-path))

(define $SHARED_DIR
  (search-path-specification
   (variable "SHARED_DIR")
   (separator #f)
   (files '("etc/shared"))))

(define (shared-python-path version)
  "Return where modules for VERSION are."
  (search-path-specification
   (variable "SHARED_PYTHONPATH")
   (files (list (string-append "lib/python" (version-major+minor version)
                               "/site-packages")))))
