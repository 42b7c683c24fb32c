;;; Packages that those of the other files here refer to. A line "Package: NAME VERSION" says which one follows;
;;; the lines behind it say what a reader has to find out about it.

(define-module (demo packages base)
  #:use-module (guix packages)
  #:use-module (guix search-paths)
  #:use-module ((demo packages kitchen) #:select (kettle))
  #:use-module ((guix licenses) #:prefix license:)
  #:export (exported (inner . outer))
  #:re-export (kettle))

;; Package: cup 1.0
;; Propagates:
(define-public cup
  (package
    (name "cup")
    (version "1.0")
    (source #f)
    (license license:gpl3+)))

(define-public saucer
  (package
    (name "saucer")
    (version "2.1")
    (outputs '("out" "lib" "doc"))))

;; Package: spoon 3.0
;; Propagates: cup@1.0 saucer@2.1:lib
(define-public spoon
  (package
    (name "spoon")
    (version "3.0")
    (propagated-inputs (list cup (list saucer "lib")))
    (inputs (list cup))))

(define exported
  (package (name "exported") (version "0.1")))

(define inner
  (package (name "inner") (version "0.2")))

(define secret
  (package (name "secret") (version "0.3")))

(define-public pot-2
  (package
    (name "pot")
    (version "2.5.1")
    (propagated-inputs (list cup))
    (native-search-paths
     (list (search-path-specification
            (variable "POT_PATH")
            (files (list (string-append "lib/pot" (version-major+minor version)))))))))

(define-public pot-1
  (package
    (inherit pot-2)
    (version "1.9.8")))

;; A name that is bound once more further down: the last one counts.
(define-public twice (package (name "once") (version "1")))
(define-public twice (package (name "twice") (version "2")))

(define-public assigned (package (name "assigned") (version "1")))
(set! assigned cup)

(define-public (make-lid of)
  (package
    (name (string-append "lid-" (package-name of)))
    (version (package-version of))
    (propagated-inputs (list of))))

(define-public cup-lid (make-lid cup))
