;;; Search paths in all forms.

(define-module (demo packages paths)
  #:use-module (guix packages)
  #:use-module (guix search-paths)
  #:use-module (demo packages base))

;; Package: paths 1
;; Search paths: A=one,two sep=: type=directory
;; Search paths: B=only sep=none type=directory
;; Search paths: C=share/x sep=; type=regular pattern=^cat\.xml$
;; Search paths: SHARED_DIR=etc/shared sep=none type=directory
;; Search paths: SHARED_PYTHONPATH=lib/python3.11/site-packages sep=: type=directory
;; Search paths: SSL_CERT_DIR=etc/ssl/certs sep=none type=directory
(define-public paths
  (package
    (name "paths")
    (version "1")
    (native-search-paths
     (list (search-path-specification
            (variable "A")
            (files '("one" "two")))
           (search-path-specification
            (variable "B")
            (separator #f)
            (files (list "only")))
           (search-path-specification
            (variable "C")
            (separator ";")
            (files `(,(string-append "share" "/x")))
            (file-type 'regular)
            (file-pattern "^cat\\.xml$"))
           $SHARED_DIR
           (shared-python-path "3.11.10")
           $SSL_CERT_DIR))
    (search-paths
     (list (search-path-specification (variable "CROSS") (files '("x")))))))

;; Package: inheriting 2
;; Search paths: POT_PATH=lib/pot2.5 sep=: type=directory
(define-public inheriting
  (package
    (inherit pot-2)
    (name "inheriting")
    (version "2")
    (propagated-inputs '())))

;; Package: borrowing 2
;; Search paths: X=x sep=: type=directory
;; Search paths: POT_PATH=lib/pot2.5 sep=: type=directory
(define-public borrowing
  (package
    (name "borrowing")
    (version "2")
    (native-search-paths
     (cons (search-path-specification (variable "X") (files '("x")))
           (append (package-native-search-paths pot-2) '())))))

;; Package: named-after-this 3.7.1
;; Search paths: N=lib/named-after-this-3.7 sep=: type=directory
(define-public named-after-this
  (package
    (name "named-after-this")
    (version "3.7.1")
    (native-search-paths
     (list (search-path-specification
            (variable "N")
            (files (list (string-append
                          "lib/" name "-"
                          (version-major+minor (package-version this-package))))))))))
