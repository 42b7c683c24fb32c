#!/bin/sh
this is no Scheme ( "
!#
;;; Propagated inputs in all forms.

(define-module (demo packages inputs)
  #:use-module (guix packages)
  #:use-module (guix gexp)
  #:use-module (srfi srfi-1)
  #:use-module (demo packages base)
  #:autoload   (demo packages late) (late)
  #:use-module ((demo packages kitchen) #:prefix kitchen:)
  #:use-module ((demo packages inputs-2) #:select (a (b . renamed)) #:prefix two:)
  #:use-module ((demo packages inputs-3) #:hide (hidden))
  #:use-module ((demo packages inputs-4) #:renamer (symbol-prefix-proc 'four:))
  #:use-module ((demo packages inputs-4) #:renamer (lambda (name) name)))

#| A block comment #| in another one |# (define-public no-package
|#
#;(define-public no-package (package (name "no") (version "0")))

;; Package: plain-list 1
;; Propagates: cup@1.0 saucer@2.1 saucer@2.1:lib
(define-public plain-list
  (package
    (name "plain-list")
    (version "1")
    (arguments
     (list #:phases
           #~(modify-phases %standard-phases
               (add-after 'unpack 'odd
                 (lambda* (#:key outputs #:allow-other-keys)
                   (substitute* (find-files "." "\\.c$")
                     (("\\(package") #$output)
                     ((#\)) "#;")))))))
    (propagated-inputs (list cup saucer (list saucer "lib")))))

;; Package: empty-list 1
;; Propagates:
(define-public empty-list
  (package
    (name "empty-list")
    (version "1")
    (propagated-inputs '())))

;; Package: labels 1
;; Propagates: cup@1.0 saucer@2.1:doc pot@2.5.1
(define-public labels
  (package
    (name "labels")
    (version "1")
    (propagated-inputs
     `(("the-cup" ,cup)
       ("saucer" ,saucer "doc")
       ("pot" ,pot-2)))))

;; Package: long-quotation 1
;; Propagates: cup@1.0
(define-public long-quotation
  (package
    (name "long-quotation")
    (version "1")
    (propagated-inputs (quasiquote (("cup" (unquote cup)))))))

;; Package: spliced 1
;; Propagates: saucer@2.1 cup@1.0 saucer@2.1:lib
(define-public spliced
  (package
    (name "spliced")
    (version "1")
    (propagated-inputs
     `(("saucer" ,saucer)
       ,@(package-propagated-inputs spoon)))))

;; Package: inherited 2
;; Propagates: cup@1.0 saucer@2.1:doc pot@2.5.1
(define-public inherited
  (package
    (inherit labels)
    (name "inherited")
    (version "2")))

;; Package: labels 9
;; Propagates: cup@1.0 saucer@2.1:doc pot@2.5.1
(define-public short-inherit
  (package/inherit labels
    (name "labels")
    (version "9")))

;; Package: appended 1
;; Propagates: cup@1.0 saucer@2.1:doc pot@2.5.1 spoon@3.0 cup@1.0:doc
(define-public appended
  (package
    (inherit labels)
    (name "appended")
    (version "1")
    (propagated-inputs
     (modify-inputs (package-propagated-inputs labels)
       (append spoon (list cup "doc"))))))

;; Package: changed 1
;; Propagates: spoon@3.0 kettle@7.7 pot@1.9.8
(define-public changed
  (package
    (inherit labels)
    (name "changed")
    (version "1")
    (propagated-inputs
     (modify-inputs (package-propagated-inputs labels)
       (prepend spoon kettle)
       (delete "the-cup" "saucer" "nobody")
       (replace "pot" pot-1)
       (replace "nobody" cup)))))

;; Package: of-inputs 1
;; Propagates: cup@1.0 zlib@1.3
(define-public of-inputs
  (package
    (name "of-inputs")
    (version "1")
    (propagated-inputs
     (modify-inputs (package-inputs spoon)
       (append kitchen:zlib)))))

;; Package: itself 1
;; Propagates: saucer@2.1 cup@1.0
(define-public itself
  (package
    (name "itself")
    (version "1")
    (inputs (list cup))
    (propagated-inputs
     (cons saucer (package-inputs this-package)))))

;; Package: conses 1
;; Propagates: saucer@2.1 kettle@7.7 cup@1.0 saucer@2.1:lib
(define-public conses
  (package
    (name "conses")
    (version "1")
    (propagated-inputs
     (cons* saucer kettle (package-propagated-inputs spoon)))))

;; Package: shared-list 1
;; Propagates: cup@1.0 saucer@2.1 kettle@7.7
(define %shared (list cup saucer))
(define-public shared-list
  (package
    (name "shared-list")
    (version "1")
    (propagated-inputs (append %shared (list kettle)))))

;; Package: deleted 1
;; Propagates: pot@2.5.1
(define-public deleted
  (package
    (inherit labels)
    (name "deleted")
    (version "1")
    (propagated-inputs
     (alist-delete "saucer"
                   (fold alist-delete (package-propagated-inputs labels)
                         '("the-cup" "none"))))))

;; Package: imports 1
;; Propagates: late@1 a@2 b@2 seen@3 four@4 exported@0.1 inner@0.2 twice@2
(define-public imports
  (package
    (name "imports")
    (version "1")
    (propagated-inputs
     (list late two:a two:renamed seen four:four exported outer twice))))

;; Package: elsewhere 1
;; Propagates: seen@3 four@4 git cup@1.0:lib zlib@1.2
(define-public elsewhere
  (package
    (name "elsewhere")
    (version "1")
    (propagated-inputs
     (list (@ (demo packages inputs-3) seen)
           (module-ref (resolve-interface '(demo packages inputs-4)) 'four)
           (specification->package "git")
           (list cup "lib")
           (specification->package "zlib@1.2")))))

;; Package: bound 1.0-3.0123456
;; Propagates: pot@2.5.1 local@1.0-3.0123456
(define-public bound
  (let* ((revision "3")
         (commit "0123456789abcdef0123456789abcdef01234567")
         (pot pot-2)
         (mine (package (name "local") (version (git-version "1.0" revision commit)))))
    (package
      (name "bound")
      (version (git-version "1.0" revision commit))
      (propagated-inputs (list pot mine)))))

;; Package: wrapped 1
;; Propagates: hidden-cup@1.0 old-cup@1.0 lid-cup@1.0
(define wrapped-cup
  (hidden-package (package (inherit cup) (name "hidden-cup"))))
(define-public old-cup (deprecated-package "old-cup" cup))
(define-public wrapped
  (hidden-package
   (package
     (name "wrapped")
     (version "1")
     (propagated-inputs (list wrapped-cup old-cup cup-lid)))))

;; Package: squares 1
;; Propagates: cup@1.0
(define-public squares
  [package
    (name "squares")
    (version "1")
    (propagated-inputs [list cup])])
